/**
 * Place of the similar patents on the record page. The page shows what this gives between the citations and the columns of the
 * source; it gives nothing until there is an endpoint to ask.
 */
export function Similar(_: { number: string }) {
  return null;
}
