/**
 * The service worker: the app starts without a network, and the outbox drains after the page is closed.
 * It keeps no queue of its own: the sales are in the store, and it runs the same drain as the page, under
 * the same lock. What it keeps of the app is what everybody needs; an audience's own files are kept from
 * when one of its pages asks for it, a part's from when a page loads it.
 */
/// <reference types="@sveltejs/kit" />
import { files, version } from '$service-worker';
import { api } from '#lib/browser/api/api.ts';
import { hearServiceTime, serviceNow } from '#lib/browser/sync/service-clock.ts';
import { hasAgentStore } from '#lib/browser/store/agent-presence.ts';
import { openAgentStore } from '#lib/browser/store/agent.ts';
import { TokenlineStore } from '#lib/browser/store/store.ts';
import { probe } from '#lib/browser/sync/connection.ts';
import { drainOutbox } from '#lib/browser/sync/drain.ts';
import { SYNC_TAG, TILL_SYNC_TAG } from '#lib/browser/sync/sync-tag.ts';
import { drainTill } from '#lib/browser/sync/till-drain.ts';
import { readTillHere } from '#lib/browser/sync/till-here.ts';
import {
	audienceToKeep,
	languageToKeep,
	usedPaths,
	type AudienceKept,
} from '#lib/core/sync/audiences.ts';
import { Keeping } from './keeping.ts';
import { keptLanguage } from './notes.ts';
import { openFrom, showPushed, tendInBackground } from './reminders.ts';
import { answerFor, type Answer } from './routing.ts';

declare const self: ServiceWorkerGlobalScope;

const VERSIONS = 'tokenline-';
const SHELL = '/';
const FILES = new Set(files);
/** The browser asks for the manifest and its pictures when it installs the app, which takes a network. */
const OWN_FILES = ['/icon.svg'];

const keeping = new Keeping({
	caches,
	fetch: (request) => fetch(request),
	origin: self.location.origin,
	cache: `${VERSIONS}${version}`,
	versions: VERSIONS,
	own: [SHELL, ...OWN_FILES],
	preferred: navigator.languages,
});

self.addEventListener('install', (event) => {
	event.waitUntil(keeping.precache());
});

self.addEventListener('activate', (event) => {
	event.waitUntil(takeOver());
});

/** The page asks for it once the outbox is idle and the person agreed. */
self.addEventListener('message', (event) => {
	const type = (event.data as { type?: unknown } | null)?.type;
	if (type === 'SKIP_WAITING') void self.skipWaiting();
	if (type === 'KEEP_NOTED') event.waitUntil(keeping.complete().catch(() => undefined));
	const [asker] = event.ports;
	const audience = audienceToKeep(event.data);
	if (audience) event.waitUntil(answerKept(keeping.keepAudience(audience), asker));
	const language = languageToKeep(event.data);
	if (language) event.waitUntil(answerKept(keeping.keepLanguage(language), asker));
	const used = usedPaths(event.data);
	if (used.length > 0) event.waitUntil(keepUsed(used));
});

self.addEventListener('fetch', (event) => {
	const { request } = event;
	const url = new URL(request.url);
	const answer = answerFor({
		method: request.method,
		sameOrigin: url.origin === self.location.origin,
		path: url.pathname,
		navigation: request.mode === 'navigate',
		files: FILES,
	});
	if (answer !== 'network') event.respondWith(respond(event, answer));
});

/** Background sync is not in the standard library of types yet. */
interface SyncEvent extends ExtendableEvent {
	readonly tag: string;
	readonly lastChance: boolean;
}

self.addEventListener('sync' as 'message', (event) => {
	const sync = event as unknown as SyncEvent;
	if (sync.tag === SYNC_TAG) sync.waitUntil(drainInBackground());
	if (sync.tag === TILL_SYNC_TAG) sync.waitUntil(drainTillInBackground());
});

self.addEventListener('push', (event) => {
	event.waitUntil(withStore((store) => remind(store, event.data?.text())));
});

self.addEventListener('notificationclick', (event) => {
	event.notification.close();
	event.waitUntil(openFrom(self.clients, event.notification.data));
});

/** The browser has ended a subscription, or made another: the backend is told where to send from now on. */
self.addEventListener('pushsubscriptionchange', (event) => {
	const change = event as ExtendableEvent;
	change.waitUntil(withStore(tend));
});

async function tend(store: TokenlineStore): Promise<void> {
	await probe(hearServiceTime);
	await tendInBackground(self.registration, store);
}

async function remind(store: TokenlineStore, text: string | undefined): Promise<void> {
	const { language } = await keptLanguage(caches, navigator.languages);
	// What was pushed to is online; where the backend says nothing, the device's clock it is.
	await probe(hearServiceTime);
	await showPushed(self.registration, store, text, language, serviceNow().ms);
}

async function withStore(work: (store: TokenlineStore) => Promise<void>): Promise<void> {
	const store = new TokenlineStore();
	try {
		await work(store);
	} finally {
		store.close();
	}
}

/** Tells the asker on its port whether the files are kept. */
async function answerKept(keep: Promise<void>, asker: MessagePort | undefined): Promise<void> {
	const answer = (kept: boolean): void => asker?.postMessage({ kept } satisfies AudienceKept);
	// Offline before everything was here, or out of space.
	await keep.then(
		() => answer(true),
		() => answer(false),
	);
	tellNextVersion();
}

/** A version that is on its way or waits was made before this was noted. */
function tellNextVersion(): void {
	const { installing, waiting } = self.registration;
	for (const next of [installing, waiting]) next?.postMessage({ type: 'KEEP_NOTED' });
}

/** A part that cannot be kept now is kept when it is used again. */
async function keepUsed(paths: readonly string[]): Promise<void> {
	if (await keeping.keepUsed(paths).catch(() => false)) tellNextVersion();
}

async function takeOver(): Promise<void> {
	// Usually nothing is missing; without a network, a part waits for its next use.
	await keeping.complete().catch(() => undefined);
	await keeping.takeOver();
	await self.clients.claim();
}

async function respond(event: FetchEvent, answer: Exclude<Answer, 'network'>): Promise<Response> {
	const { pathname } = new URL(event.request.url);
	const kept = await keeping.kept(answer === 'shell' ? SHELL : pathname);
	if (kept) return kept;
	if (answer === 'asset') event.waitUntil(keepUsed([pathname]));
	return fetch(event.request);
}

/** Browsers end a background sync after some minutes; well before that we let it go. */
const LONGEST_SYNC_MS = 60_000;
const SOON_MS = 5_000;

/** Drains until nothing is due soon. Rejects while a sale is unsent, so that the browser wakes us again. */
async function drainInBackground(): Promise<void> {
	await mustBeOnline();
	const store = new TokenlineStore();
	try {
		const drain = () => drainOutbox({ store, api, now: Date.now, chance: Math.random });
		const dueMs = await drainUntilLater(drain);
		// What came in meanwhile moves a reminder; that it is told is worth no second waking.
		await tendInBackground(self.registration, store).catch(() => undefined);
		if (dueMs === null) return;
		const unsent = await store.progress.where('state').equals('queued').count();
		if (unsent > 0) throw new Error(`${unsent} sales wait for the backend`);
	} finally {
		store.close();
	}
}

/** The same for the till, where this device is one. It needs no PIN: what is private is sealed. */
async function drainTillInBackground(): Promise<void> {
	if (!(await hasAgentStore())) return;
	await mustBeOnline();
	const store = await openAgentStore();
	try {
		const here = await readTillHere(store, Date.now);
		if (!here) return;
		const { keys, api: tillApi } = here;
		const { locks } = navigator;
		const ports = { store, keys, api: tillApi, nowMs: Date.now, chance: Math.random, locks };
		let pending = 0;
		let ask = true;
		const dueMs = await drainUntilLater(async () => {
			const drained = await drainTill(ports, { ask });
			ask = false;
			pending = drained.pending;
			return drained.dueMs;
		});
		if (dueMs !== null) throw new Error(`${pending} entries wait for the backend`);
	} finally {
		store.close();
	}
}

/** As in the page: nothing is sent into the void, so that it can still be taken back. The time is heard by it too. */
async function mustBeOnline(): Promise<void> {
	if ((await probe(hearServiceTime)) !== 'online') throw new Error('the backend is out of reach');
}

/** Drains again and again while more is due soon. @returns when the next is due; null: nothing is pending */
async function drainUntilLater(drain: () => Promise<number | null>): Promise<number | null> {
	const started = Date.now();
	for (;;) {
		const dueMs = await drain();
		if (dueMs === null) return null;
		const waitMs = Math.max(dueMs - Date.now(), 100);
		if (waitMs > SOON_MS || Date.now() - started > LONGEST_SYNC_MS) return dueMs;
		await new Promise((resolve) => setTimeout(resolve, waitMs));
	}
}
