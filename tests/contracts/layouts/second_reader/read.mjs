// Reads [[text, delimiter, quote], …] from standard input; writes for each its records, or null where it refuses it.
import {parse} from "csv-parse/sync";
import {readFileSync} from "node:fs";

const read = ([text, delimiter, quote]) => {
  try {
    return parse(text, {
      delimiter, quote, escape: quote, bom: true, relax_column_count: true, skip_empty_lines: true,
      record_delimiter: ["\r\n", "\n"],
    });
  } catch {
    return null;
  }
};
process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(read)));
