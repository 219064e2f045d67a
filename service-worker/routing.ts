/** Which requests the service worker answers from its cache, as a pure decision. */

/** `network`: not touched at all; `asset`: the file as it was built; `shell`: the app's page. */
export type Answer = 'network' | 'asset' | 'shell';

/** Paths that are not the app's: the backend's, and the payment provider's sandbox. */
const BACKEND = /^\/(api|sandbox|problems|healthz|readyz|metrics|openapi\.json)(\/|$)/;

export function answerFor(request: {
	readonly method: string;
	readonly sameOrigin: boolean;
	readonly path: string;
	readonly navigation: boolean;
	/** Every file of this version. */
	readonly assets: ReadonlySet<string>;
}): Answer {
	if (request.method !== 'GET' || !request.sameOrigin) return 'network';
	if (BACKEND.test(request.path)) return 'network';
	if (request.assets.has(request.path)) return 'asset';
	return request.navigation ? 'shell' : 'network';
}
