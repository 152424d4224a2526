/** Puts a table between its marks, which stand as comments in a document. */
export const withTable = (text: string, name: string, table: string): string =>
  text.replace(
    new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`),
    (_, open, close) => `${open}${table}\n${close}`,
  );
