// jsdiff's word diff of two files; prints deleted and inserted words.
const fs = require('fs');
const { diffWords } = require('diff');
const [a, b] = process.argv.slice(2, 4).map(f => fs.readFileSync(f, 'utf8'));
const count = s => s.split(/[ \t\n\v\f\r]+/).filter(Boolean).length;
let deleted = 0, inserted = 0;
for (const part of diffWords(a, b)) {
  if (part.removed) deleted += count(part.value);
  if (part.added) inserted += count(part.value);
}
console.log(deleted, inserted);
