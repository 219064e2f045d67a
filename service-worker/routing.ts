/** Which requests the service worker answers from its cache, as a pure decision. */

/** `network`: not touched at all; `asset`: the file as it was built; `shell`: the app's page. */
export type Answer = 'network' | 'asset' | 'shell';

/** Names of these files follow from their content: what has the name is the file, in any version. */
export const BY_CONTENT = '/_app/immutable/';

/** Paths that are not the app's: the backend's, and the payment provider's sandbox. */
const BACKEND = /^\/(api|sandbox|problems|healthz|readyz|metrics|openapi\.json)(\/|$)/;

export function answerFor(request: {
	readonly method: string;
	readonly sameOrigin: boolean;
	readonly path: string;
	readonly navigation: boolean;
	/** Files that are no part of the build, such as icons. */
	readonly files: ReadonlySet<string>;
}): Answer {
	if (request.method !== 'GET' || !request.sameOrigin) return 'network';
	if (BACKEND.test(request.path)) return 'network';
	if (request.path.startsWith(BY_CONTENT) || request.files.has(request.path)) return 'asset';
	return request.navigation ? 'shell' : 'network';
}
