/**
 * What a coverage plot shows of an alignment in A3M: its rows in the query's columns, the most identical first. A row is
 * {identity, present}: the share of the residues it has that are the query's, and where it has any; depth counts rows.
 */
export function coverage(a3m) {
  const rows = [];
  for (const record of a3m.split(/^>/m).slice(1)) {
    const letters = record.slice(record.indexOf("\n") + 1).replace(/[a-z.\s]/g, "");
    if (letters) rows.push(letters);
  }
  const query = rows[0] || "";
  const depth = new Array(query.length).fill(0);
  const seen = rows.map((row) => {
    const present = Array.from(query, (_, i) => row[i] !== undefined && row[i] !== "-");
    let same = 0;
    let count = 0;
    present.forEach((there, i) => {
      if (!there) return;
      depth[i]++;
      count++;
      if (row[i] === query[i]) same++;
    });
    return { identity: count ? same / count : 0, present };
  });
  return { rows: seen.sort((a, b) => b.identity - a.identity), depth };
}
