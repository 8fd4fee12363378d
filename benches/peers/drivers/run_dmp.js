// diff-match-patch as shipped (characters, gives up after one second); prints deleted and inserted words.
const fs = require('fs');
const DiffMatchPatch = require('diff-match-patch');
const [a, b] = process.argv.slice(2, 4).map(f => fs.readFileSync(f, 'utf8'));
const count = s => s.split(/[ \t\n\v\f\r]+/).filter(Boolean).length;
let deleted = 0, inserted = 0;
for (const [kind, text] of new DiffMatchPatch().diff_main(a, b)) {
  if (kind < 0) deleted += count(text);
  if (kind > 0) inserted += count(text);
}
console.log(deleted, inserted);
