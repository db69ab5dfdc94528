/** Set by the proxy for pages: path and query the person asked for, locale prefix included. */
export const pathHeader = 'x-stoa-path';
/** Set by the proxy for pages: the nonce of this response. */
export const nonceHeader = 'x-nonce';
