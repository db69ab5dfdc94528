import type { Middleware } from 'openapi-fetch';

/**
 * Reads that were refused for what stands in their path alone (an id of another form, far too long, of signs no id has)
 * count as 404: no page is at such an address, and every page answers a 404 already. Refusals of query or body stay.
 */
export const unknownAddress: Middleware = {
  async onResponse({ request, response, params }) {
    if (request.method !== 'GET' || response.status !== 400) return undefined;
    if (!response.headers.get('content-type')?.includes('json')) return undefined;
    const problem: unknown = await response.clone().json();
    return isAboutPath(problem, Object.keys(params.path ?? {})) ? withStatus(response, 404) : undefined;
  },
};

function isAboutPath(problem: unknown, names: string[]): boolean {
  if (typeof problem !== 'object' || problem === null || !('errors' in problem) || !Array.isArray(problem.errors))
    return false;
  const pointers = problem.errors.map((error: unknown) =>
    typeof error === 'object' && error !== null && 'pointer' in error ? error.pointer : undefined,
  );
  return pointers.length > 0 && pointers.every((pointer) => names.some((name) => pointer === `/${name}`));
}

function withStatus(response: Response, status: number): Response {
  return new Response(response.body, { status, headers: response.headers });
}
