/**
 * Looking after this device's reminders, in the page and in the service worker: each is reckoned anew from what
 * is known of its meter, and the backend is told what it does not know yet. One at a time over all tabs.
 */
import type { ApiOutcome } from '#lib/browser/api/call.ts';
import type { ReminderApi } from '#lib/browser/api/reminders.ts';
import { changeReminder, readReminders } from '#lib/browser/store/reminders.ts';
import type { TokenlineStore } from '#lib/browser/store/store.ts';
import { readSales } from '#lib/browser/store/sales.ts';
import { readUse } from '#lib/browser/store/use.ts';
import { fbeAskedOf, fbeHeardOf } from '#lib/core/sync/fbe.ts';
import { decideReminderStep, moveReminder, type Reminder } from '#lib/core/sync/reminders.ts';
import type { PushSubscriptionShape } from '#lib/core/sync/wire-reminders.ts';
import { decideCreditLeft } from '#lib/core/vending/days-left.ts';
import { decideFbeMoment, type FbeReminded } from '#lib/core/vending/fbe-moment.ts';
import { decideFbeStanding, presentMs } from '#lib/core/vending/fbe-reminder.ts';
import { canTryAgain, isRefusalCode } from '#lib/core/vending/refusals.ts';
import { remindAt } from '#lib/core/vending/remind-at.ts';
import {
	endSubscription,
	readSubscription,
	subscribe,
	type PushRegistration,
} from './push-subscription.ts';

export interface ReminderPorts {
	readonly store: TokenlineStore;
	readonly api: ReminderApi;
	/** By the backend's clock as last heard. */
	readonly nowMs: () => number;
	/** Null: this browser has no service worker for us. */
	readonly registration: PushRegistration | null;
	/** Whether notifications are granted; asking for it is a screen's business. */
	readonly granted: boolean;
}

const LOCK = 'tokenline-reminders';

/**
 * Reckons and hands in.
 * @returns whether the backend knows all that it is to know; false: it was not reached
 */
export function tendReminders(ports: ReminderPorts): Promise<boolean> {
	return navigator.locks.request(LOCK, async () => {
		await replanReminders(ports.store, ports.nowMs());
		return handInReminders(ports);
	});
}

/** Gives every reminder the time that follows from what is known now. One of a forgotten meter is switched off. */
export async function replanReminders(store: TokenlineStore, nowMs: number): Promise<void> {
	for (const reminder of await readReminders(store)) {
		if (reminder.off) continue;
		const found = await dueOf(store, reminder, nowMs);
		await changeReminder(store, reminder.id, (now) =>
			found === 'forgotten' ? { ...now, off: true } : moveReminder(now, found),
		);
	}
}

/** The instant of a reminder by its rule; null: nothing is known to reckon from. */
export async function dueOf(
	store: TokenlineStore,
	reminder: Pick<Reminder, 'drn' | 'rule' | 'dueAtMs' | 'notifiedAtMs'>,
	nowMs: number,
): Promise<number | null | 'forgotten'> {
	const { drn, rule } = reminder;
	if (rule.by === 'month-start') return freeAgainAt(store, drn, reminder, nowMs);
	const use = await readUse(store, drn);
	if (use.meter === null) return 'forgotten';
	if (rule.by === 'moment') return rule.atMs;
	const left = decideCreditLeft(use, nowMs);
	if ('missing' in left) return null;
	return remindAt(left.emptyAtMs, rule.days, use.meter.confirmation.utility.timeZone);
}

/** `forgotten`: the meter is, or it has nothing free to fetch by app any more. */
async function freeAgainAt(
	store: TokenlineStore,
	drn: string,
	reminded: FbeReminded,
	nowMs: number,
): Promise<number | 'forgotten'> {
	const meter = await store.meters.get(drn);
	const heard = meter && fbeHeardOf(meter.confirmation, meter.fetchedAtMs);
	if (!heard) return 'forgotten';
	const standing = decideFbeStanding(heard, fbeAskedOf(await readSales(store), drn), nowMs);
	const moment = decideFbeMoment(reminded, standing, presentMs(heard, nowMs), heard.timeZone);
	return moment ?? 'forgotten';
}

/** Tells the backend, one reminder after the other, until it is not reached. */
export async function handInReminders(ports: ReminderPorts): Promise<boolean> {
	const { store, registration } = ports;
	const reminders = await readReminders(store);
	const anyOn = reminders.some(({ off }) => !off);
	const subscription = anyOn ? await subscriptionOf(ports) : null;
	if (subscription === 'unknown') return false;
	for (const reminder of reminders)
		if (!(await takeStep(ports, reminder, subscription))) return false;
	if (!anyOn && registration && reminders.length > 0) await endSubscription(registration);
	return true;
}

/** The one there is, or a new one where that is granted; `unknown`: the backend's key could not be had. */
async function subscriptionOf({
	api,
	registration,
	granted,
}: ReminderPorts): Promise<PushSubscriptionShape | null | 'unknown'> {
	if (!granted || !registration) return null;
	const own = await readSubscription(registration);
	if (own) return own;
	const key = await api.readPushKey();
	return key.kind === 'answer' ? subscribe(registration, key.answer.publicKey) : 'unknown';
}

/** The backend has said something that it will say again. */
function isHeard(outcome: ApiOutcome<unknown>): boolean {
	if (outcome.kind !== 'problem') return outcome.kind === 'answer';
	const { code } = outcome.problem;
	return isRefusalCode(code) && !canTryAgain(code);
}

/** @returns whether the backend was reached, where it had to be */
async function takeStep(
	{ store, api, nowMs }: ReminderPorts,
	reminder: Reminder,
	subscription: PushSubscriptionShape | null,
): Promise<boolean> {
	const { id, dueAtMs } = reminder;
	switch (decideReminderStep(reminder, subscription?.endpoint ?? null, nowMs())) {
		case 'rest':
			return true;
		case 'drop':
			await store.reminders.delete(id);
			return true;
		case 'take-back': {
			// Not there: it was sent, or its subscription has ended.
			if (!isHeard(await api.removeReminder(id))) return false;
			await changeReminder(store, id, (now) => ({ ...now, handedIn: null }));
			if (reminder.off) await store.reminders.delete(id);
			return true;
		}
		case 'hand-in': {
			if (subscription === null || dueAtMs === null) return true;
			const outcome = await api.putReminder(id, { dueAtMs, subscription });
			// Refused: a push service that the backend does not know. The app itself still tells.
			if (outcome.kind !== 'answer') return isHeard(outcome);
			const handedIn = { dueAtMs, endpoint: subscription.endpoint };
			await changeReminder(store, id, (now) => ({ ...now, handedIn }));
			return true;
		}
	}
}
