/**
 * Reminders when no page is open: what a push says, and where a tap on it leads. The push names the device's
 * own row, which holds the sentence in the language of whoever holds the device.
 */
import * as v from 'valibot';
import { reminderApi } from '#lib/browser/api/reminders.ts';
import { serviceNow } from '#lib/browser/sync/service-clock.ts';
import { changeReminder } from '#lib/browser/store/reminders.ts';
import type { TokenlineStore } from '#lib/browser/store/store.ts';
import { tendReminders } from '#lib/browser/sync/reminders.ts';
import { isStillSo } from '#lib/core/sync/reminders.ts';
import { PushedReminder } from '#lib/core/sync/wire-reminders.ts';
import { LANGUAGE_FACTS, type Language } from '#lib/core/units/languages.ts';
import { GENERAL_REMINDER } from '#lib/core/words/general-reminder.ts';

/** What stands in a notification's data. */
interface NotificationData {
	readonly path: string;
}

const ICON = '/icon-192.png';

/** A browser wants something shown for every push; where nothing is known of it, a sentence that is always so. */
export async function showPushed(
	registration: ServiceWorkerRegistration,
	store: TokenlineStore,
	text: string | undefined,
	language: Language,
	nowMs: number,
): Promise<void> {
	const reminder = await store.reminders.get(idIn(text)).catch(() => undefined);
	const still = reminder && isStillSo(reminder, nowMs) ? reminder : undefined;
	const { title, body } = still?.said ?? GENERAL_REMINDER[language];
	const data: NotificationData = { path: still?.path ?? '/' };
	await registration.showNotification(title, {
		...{ body, data, icon: ICON, lang: language, dir: LANGUAGE_FACTS[language].direction },
		// The same one again, sent twice, takes its own place.
		tag: still?.id ?? 'tokenline',
	});
	if (still)
		await changeReminder(store, still.id, (now) => ({ ...now, notifiedAtMs: nowMs })).catch(
			() => undefined,
		);
	// The backend hears of the next month's now: nobody may open the app until then.
	if (still?.rule.by === 'month-start')
		await tendInBackground(registration, store).catch(() => undefined);
}

function idIn(text: string | undefined): string {
	try {
		const parsed = v.safeParse(PushedReminder, JSON.parse(text ?? ''));
		return parsed.success ? parsed.output.reminder : '';
	} catch {
		return '';
	}
}

/** An open page of ours goes there, or a new one is opened. */
export async function openFrom(clients: Clients, data: unknown): Promise<void> {
	const path = pathIn(data);
	for (const client of await clients.matchAll({ type: 'window' })) {
		// A page in the middle of a purchase or a payment is left as it is.
		if (!/^\/(meter\/\d+)?$/.test(new URL(client.url).pathname)) continue;
		try {
			await client.focus();
			await client.navigate(path);
			return;
		} catch {
			// Not ours to lead yet, or the browser does not let us.
		}
	}
	await clients.openWindow(path);
}

/** A path of this app. Whatever else stands there leads to its first screen. */
function pathIn(data: unknown): string {
	const path = (data as Partial<NotificationData> | null)?.path;
	return typeof path === 'string' && /^\/[a-z0-9/-]*$/.test(path) && !path.startsWith('//')
		? path
		: '/';
}

/** After a purchase came in the background, or the browser changed its subscription. */
export async function tendInBackground(
	registration: ServiceWorkerRegistration,
	store: TokenlineStore,
): Promise<void> {
	if ((await store.reminders.count()) === 0) return;
	const granted = Notification.permission === 'granted';
	await tendReminders({
		store,
		api: reminderApi,
		nowMs: () => serviceNow().ms,
		registration,
		granted,
	});
}
