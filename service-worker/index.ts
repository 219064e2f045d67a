/**
 * The service worker: the app starts without a network, and the outbox drains after the page is closed.
 * It keeps no queue of its own: the sales are in the store, and it runs the same drain as the page, under
 * the same lock.
 */
/// <reference types="@sveltejs/kit" />
import { build, files, version } from '$service-worker';
import { api } from '#lib/browser/api/api.ts';
import { TokenlineStore } from '#lib/browser/store/store.ts';
import { probe } from '#lib/browser/sync/connection.ts';
import { drainOutbox } from '#lib/browser/sync/drain.ts';
import { SYNC_TAG } from '#lib/browser/sync/sync-tag.ts';
import { answerFor, type Answer } from './routing.ts';

declare const self: ServiceWorkerGlobalScope;

const CACHE = `tokenline-${version}`;
const SHELL = '/';
const ASSETS = new Set([...build, ...files]);

self.addEventListener('install', (event) => {
	event.waitUntil(precache());
});

self.addEventListener('activate', (event) => {
	event.waitUntil(takeOver());
});

/** The page asks for it once the outbox is idle and the person agreed. */
self.addEventListener('message', (event) => {
	if ((event.data as { type?: unknown } | null)?.type === 'SKIP_WAITING') void self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
	const { request } = event;
	const url = new URL(request.url);
	const answer = answerFor({
		method: request.method,
		sameOrigin: url.origin === self.location.origin,
		path: url.pathname,
		navigation: request.mode === 'navigate',
		assets: ASSETS,
	});
	if (answer !== 'network') event.respondWith(respond(request, answer));
});

/** Background sync is not in the standard library of types yet. */
interface SyncEvent extends ExtendableEvent {
	readonly tag: string;
	readonly lastChance: boolean;
}

self.addEventListener('sync' as 'message', (event) => {
	const sync = event as unknown as SyncEvent;
	if (sync.tag === SYNC_TAG) sync.waitUntil(drainInBackground());
});

async function precache(): Promise<void> {
	const cache = await caches.open(CACHE);
	// `reload` goes past the HTTP cache: the new version must not be built from old files.
	const requests = [SHELL, ...ASSETS].map((path) => new Request(path, { cache: 'reload' }));
	await cache.addAll(requests);
}

async function takeOver(): Promise<void> {
	for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
	await self.clients.claim();
}

async function respond(request: Request, answer: Exclude<Answer, 'network'>): Promise<Response> {
	const cache = await caches.open(CACHE);
	const kept = await cache.match(answer === 'shell' ? SHELL : new URL(request.url).pathname);
	return kept ?? fetch(request);
}

/** Browsers end a background sync after some minutes; well before that we let it go. */
const LONGEST_SYNC_MS = 60_000;
const SOON_MS = 5_000;

/** Drains until nothing is due soon. Rejects while a sale is unsent, so that the browser wakes us again. */
async function drainInBackground(): Promise<void> {
	// As in the page: nothing is sent into the void, so that it can still be taken back.
	if ((await probe()) !== 'online') throw new Error('the backend is out of reach');
	const store = new TokenlineStore();
	const started = Date.now();
	try {
		for (;;) {
			const dueMs = await drainOutbox({ store, api, now: Date.now, chance: Math.random });
			if (dueMs === null) return;
			const waitMs = Math.max(dueMs - Date.now(), 100);
			if (waitMs > SOON_MS || Date.now() - started > LONGEST_SYNC_MS) break;
			await new Promise((resolve) => setTimeout(resolve, waitMs));
		}
		const unsent = await store.progress.where('state').equals('queued').count();
		if (unsent > 0) throw new Error(`${unsent} sales wait for the backend`);
	} finally {
		store.close();
	}
}
