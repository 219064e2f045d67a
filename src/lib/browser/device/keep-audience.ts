/** Asks the service worker to keep files of an audience or a language, so that its screens start without a network. */
import type {
	Audience,
	AudienceKept,
	KeepAudience,
	KeepLanguage,
	KeepUsed,
} from '#lib/core/sync/audiences.ts';
import type { Language } from '#lib/core/units/languages.ts';

/** Fetching a few hundred kilobytes over a bad line; later than this nobody waits for it. */
const PATIENCE_MS = 120_000;

/**
 * Resolves once the files are kept, or false where they cannot be: no service worker (a private window),
 * the network gone meanwhile, no space.
 */
export const keepAudience = (audience: Audience): Promise<boolean> =>
	ask({ type: 'KEEP_AUDIENCE', audience });

/** The same for the one language that this device keeps. */
export const keepLanguage = (language: Language): Promise<boolean> =>
	ask({ type: 'KEEP_LANGUAGE', language });

/**
 * The service worker sees what a page loads and keeps the parts that are kept on use. What the very first page
 * loads before it has one is told to it as soon as it has.
 */
export function keepUsed(): void {
	if (!('serviceWorker' in navigator) || navigator.serviceWorker.controller) return;
	const tell = (): void => {
		const paths = performance
			.getEntriesByType('resource')
			.map(({ name }) => new URL(name))
			.filter(({ origin }) => origin === location.origin)
			.map(({ pathname }) => pathname);
		const wish: KeepUsed = { type: 'KEEP_USED', paths };
		navigator.serviceWorker.controller?.postMessage(wish);
	};
	navigator.serviceWorker.addEventListener('controllerchange', tell, { once: true });
}

async function ask(wish: KeepAudience | KeepLanguage): Promise<boolean> {
	if (!('serviceWorker' in navigator)) return false;
	const { active } = await navigator.serviceWorker.ready;
	if (!active) return false;
	const { port1, port2 } = new MessageChannel();
	const answered = new Promise<boolean>((resolve) => {
		port1.onmessage = ({ data }: MessageEvent<AudienceKept>) => resolve(data.kept);
		setTimeout(() => resolve(false), PATIENCE_MS);
	});
	active.postMessage(wish, [port2]);
	return answered.finally(() => port1.close());
}
