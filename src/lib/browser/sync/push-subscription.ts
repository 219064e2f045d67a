/** This browser's push subscription. Nobody is asked for anything here: where it is not granted, there is none. */
import type { PushSubscriptionShape } from '#lib/core/sync/wire-reminders.ts';

/** The part of a registration that is used here; a test gives its own. */
export interface PushRegistration {
	readonly pushManager?: Pick<PushManager, 'getSubscription' | 'subscribe'>;
}

/** The subscription as the backend is told it; null: there is none, or none that can be sent to. */
export async function readSubscription({
	pushManager,
}: PushRegistration): Promise<PushSubscriptionShape | null> {
	const subscription = await pushManager?.getSubscription().catch(() => null);
	return subscription ? shapeOf(subscription) : null;
}

/**
 * Subscribes. One to another key of the backend is ended first.
 * @returns null where the browser does not: it is not granted, or has no push service
 */
export async function subscribe(
	registration: PushRegistration,
	publicKey: string,
): Promise<PushSubscriptionShape | null> {
	const { pushManager } = registration;
	if (!pushManager) return null;
	const options = { userVisibleOnly: true, applicationServerKey: publicKey };
	try {
		return shapeOf(await pushManager.subscribe(options));
	} catch (error) {
		if (!(error instanceof DOMException) || error.name !== 'InvalidStateError') return null;
	}
	await endSubscription(registration);
	return await pushManager.subscribe(options).then(shapeOf, () => null);
}

export async function endSubscription({ pushManager }: PushRegistration): Promise<void> {
	const subscription = await pushManager?.getSubscription().catch(() => null);
	await subscription?.unsubscribe().catch(() => false);
}

function shapeOf(subscription: PushSubscription): PushSubscriptionShape | null {
	const { endpoint, keys } = subscription.toJSON();
	if (!endpoint || !keys?.p256dh || !keys.auth) return null;
	// Some browsers write base64 with its padding.
	const plain = (text: string) =>
		text.replaceAll('=', '').replaceAll('+', '-').replaceAll('/', '_');
	return { endpoint, p256dh: plain(keys.p256dh), auth: plain(keys.auth) };
}
