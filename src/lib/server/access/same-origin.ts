/** Whether a request that changes something was made by a page of ours: a browser sends its cookie for anybody's. */

const READING = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Reading is always allowed: another site's page never sees the answer. For the rest the browser's word
 * counts: `Origin` where there is one, else `Sec-Fetch-Site`; neither is not enough.
 */
export function isOurPage(request: Request, url: URL): boolean {
	if (READING.includes(request.method)) return true;
	const origin = request.headers.get('origin');
	return origin === null
		? request.headers.get('sec-fetch-site') === 'same-origin'
		: origin === url.origin;
}
