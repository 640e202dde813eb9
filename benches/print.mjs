// Tables as docs/benchmarks.md has them.

export function print(title, head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  console.log(`\n${title}\n`);
  for (const text of [line(head), `|${"---|".repeat(head.length)}`, ...rows.map(line)]) console.log(text);
}
