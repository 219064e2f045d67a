/** Whether a push may be sent to an address that a browser named. Pure. */
import type { PushSettings } from './settings.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Refusal: `push-endpoint`. It must be HTTPS, on the usual port, of a host that is on the list, without a name
 * and password; in the demo it may be on loopback too.
 */
export function decideEndpoint(
	endpoint: string,
	{ hosts, loopback }: Pick<PushSettings, 'hosts' | 'loopback'>,
): { readonly endpoint: URL } | { readonly refusal: 'push-endpoint' } {
	const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
	if (url === undefined || url.username !== '' || url.password !== '' || url.hash !== '')
		return { refusal: 'push-endpoint' };
	if (loopback && LOOPBACK.has(url.hostname) && /^https?:$/.test(url.protocol))
		return { endpoint: url };
	const isKnown = hosts.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`));
	return isKnown && url.protocol === 'https:' && url.port === ''
		? { endpoint: url }
		: { refusal: 'push-endpoint' };
}
