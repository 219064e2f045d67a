/** Where a bridge is, as a person types it. */
import { BRIDGE_PORT } from '#lib/link/bridge-words.ts';

/**
 * The WebSocket address that somebody means by `localhost`, `192.168.1.5:4191` or `wss://bridge.example`;
 * undefined: none.
 */
export function parseBridgeAddress(text: string): string | undefined {
	const trimmed = text.trim();
	const whole = /^[a-z]+:\/\//i.test(trimmed) ? trimmed : `ws://${trimmed}`;
	if (trimmed === '' || !URL.canParse(whole)) return undefined;
	const url = new URL(whole.replace(/^http/i, 'ws'));
	if (!['ws:', 'wss:'].includes(url.protocol) || url.username || url.search || url.hash)
		return undefined;
	if (url.port === '' && url.protocol === 'ws:' && !/:80(\/|$)/.test(whole))
		url.port = String(BRIDGE_PORT);
	return url.href;
}
