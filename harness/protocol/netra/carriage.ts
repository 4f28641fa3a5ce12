import type { Carriage, TokenCarrier } from '../profile.ts';

/** How a token travels: as a bearer header, as the subprotocols `jwt-auth` and `jwt.<base64url>`, as both, or in the query. */
export function carriage(token: string, carrier: TokenCarrier): Carriage {
  const inHeader = carrier === 'header' || carrier === 'both';
  const inSubprotocol = carrier === 'subprotocol' || carrier === 'both';
  return {
    headers: inHeader ? { Authorization: `Bearer ${token}` } : {},
    // The bare name is offered too: one server answers with it, another with the entry that holds the token.
    subprotocols: inSubprotocol ? ['jwt-auth', `jwt.${Buffer.from(token).toString('base64url')}`] : [],
    query: carrier === 'query' ? { token } : {},
  };
}
