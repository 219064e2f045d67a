/**
 * Pushes in a browser that has no push service behind it: it is given the test's, and what that has received is
 * delivered to our service worker by the browser's own tools.
 */
import type { CDPSession, Page } from 'playwright-core';
import type { FakePushService } from '../../harness/push-service.ts';
import type { Phone } from './browser.ts';

type Subscribed = ReturnType<FakePushService['subscribe']>;

/** Every page of the phone subscribes there from now on, and counts who asks it for permission. */
export async function withPush(on: Phone, from: FakePushService): Promise<Subscribed> {
	const { endpoint, p256dh, auth } = from.subscribe();
	await on.context.addInitScript(
		(keys) => {
			const subscription = {
				toJSON: () => ({
					endpoint: keys.endpoint,
					keys: { p256dh: keys.p256dh, auth: keys.auth },
				}),
				unsubscribe: () => {
					localStorage.removeItem('subscribed');
					return Promise.resolve(true);
				},
			};
			const had = () => Promise.resolve(localStorage.getItem('subscribed') ? subscription : null);
			Object.assign(PushManager.prototype, {
				getSubscription: had,
				subscribe(options: PushSubscriptionOptionsInit) {
					localStorage.setItem('subscribed', String(options.applicationServerKey));
					return Promise.resolve(subscription);
				},
			});
			const asks = Notification.requestPermission.bind(Notification);
			Notification.requestPermission = () => {
				localStorage.setItem('asked', String(Number(localStorage.getItem('asked')) + 1));
				return asks();
			};
		},
		{ endpoint, p256dh, auth },
	);
	return { endpoint, p256dh, auth };
}

/** The service worker that runs now finds the subscription that a page has made. */
export async function subscribeWorker(on: Phone, subscribed: Subscribed): Promise<void> {
	const [worker] = on.context.serviceWorkers();
	if (!worker) throw new Error('no service worker');
	await worker.evaluate(({ endpoint, p256dh, auth }) => {
		const subscription = { toJSON: () => ({ endpoint, keys: { p256dh, auth } }) };
		Object.assign(PushManager.prototype, { getSubscription: () => Promise.resolve(subscription) });
	}, subscribed);
}

/** The browser's own hold on a service worker. @param page any of its origin, whether it is the app's or not */
export async function workerControl(
	on: Phone,
	page: Page,
): Promise<{
	session: CDPSession;
	registrationId: string;
	deliver: (data: string) => Promise<void>;
}> {
	const { origin } = new URL(page.url());
	const session = await on.context.newCDPSession(page);
	const found = new Promise<string>((resolve) => {
		session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
			const ours = registrations.find(({ scopeURL }) => scopeURL.startsWith(origin));
			if (ours) resolve(ours.registrationId);
		});
	});
	await session.send('ServiceWorker.enable');
	const registrationId = await found;
	const deliver = async (data: string): Promise<void> => {
		await session.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data });
	};
	return { session, registrationId, deliver };
}

export interface ShownNotification {
	readonly title: string;
	readonly body: string;
	readonly tag: string;
	readonly lang: string;
}

/** @param page one of the origin of the app */
export function shownOn(page: Page): Promise<ShownNotification[]> {
	return page.evaluate(async () => {
		const registration = await navigator.serviceWorker.ready;
		const all = await registration.getNotifications();
		return all.map(({ title, body, tag, lang }) => ({ title, body, tag, lang }));
	});
}
