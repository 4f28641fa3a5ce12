/** Scheme, host and path of a URL, as people and files may see it: a query may carry a token. */
export function placeOfUrl(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`;
}
