/**
 * Looks after the reminders of this device while a page is open: when something was bought or read, when the
 * backend is reached again, and when one is due. Loaded where there is a reminder.
 */
import { liveQuery } from 'dexie';
import { reminderApi } from '#lib/browser/api/reminders.ts';
import { device } from '#lib/browser/device/device.ts';
import {
	askForNotifications,
	notificationsGranted,
	showNotification,
	type Granted,
} from '#lib/browser/device/notifications.ts';
import { serviceNow } from '#lib/browser/sync/service-clock.ts';
import {
	changeReminder,
	putReminder,
	readReminders,
	switchOffReminder,
} from '#lib/browser/store/reminders.ts';
import type { KnownMeter } from '#lib/browser/store/store.ts';
import { dueOf, replanReminders, tendReminders } from '#lib/browser/sync/reminders.ts';
import {
	isToBeNotified,
	startReminder,
	type Reminder,
	type ReminderKind,
	type ReminderRule,
} from '#lib/core/sync/reminders.ts';
import { LANGUAGE_FACTS } from '#lib/core/units/languages.ts';
import { groupMeterNumber } from '#lib/ui/view/meter-number.ts';
import { reminderBody } from '#lib/ui/view/reminder-body.ts';
import { app } from './app.svelte.ts';
import { count, pageLanguage, words } from './language.ts';

/** A timer may not run longer than some weeks, and a phone sleeps. */
const LOOK_EVERY_MS = 10 * 60_000;
/** What changes together is looked at once. */
const SETTLE_MS = 200;

class ReminderDesk {
	/** What the person has granted, as it was when last looked at. */
	granted = $state<Granted>(notificationsGranted());
	#started = false;
	#waiting: ReturnType<typeof setTimeout> | undefined;

	/** Once for the life of the page. */
	start(): void {
		if (this.#started) return;
		this.#started = true;
		const { store } = app;
		// Whatever a reminder is reckoned from; and the reminders, as other tabs switch them.
		liveQuery(() =>
			Promise.all([
				store.progress.where('state').equals('issued').primaryKeys(),
				store.readings.toCollection().primaryKeys(),
				store.reminders.toArray(),
				store.meters.toArray(),
			]),
		).subscribe({ next: () => this.kick(), error: () => undefined });
		$effect.root(() => {
			$effect(() => {
				if (app.connection === 'online') this.kick();
			});
		});
		setInterval(() => this.kick(), LOOK_EVERY_MS);
	}

	/** Looks at everything soon. */
	kick(): void {
		clearTimeout(this.#waiting);
		this.#waiting = setTimeout(() => void this.#look().catch(() => undefined), SETTLE_MS);
	}

	/**
	 * The person's tap: stored first, then asked for what a push needs.
	 * @throws where the device cannot keep it
	 */
	async remindOfCredit(drn: string, days: number): Promise<void> {
		await this.#remind('low-credit', drn, { by: 'days-left', days }, `/meter/${drn}`);
	}

	/** The same, on the 1st of each month. @throws where the device cannot keep it */
	async remindOfFree(drn: string): Promise<void> {
		await this.#remind('fbe', drn, { by: 'month-start' }, `/meter/${drn}/free`);
	}

	async stopReminding(kind: ReminderKind, drn: string): Promise<void> {
		await switchOffReminder(app.store, kind, drn);
		this.start();
		this.kick();
	}

	async #remind(kind: ReminderKind, drn: string, rule: ReminderRule, path: string): Promise<void> {
		const { store } = app;
		const nowMs = serviceNow().ms;
		const due = await dueOf(store, { drn, rule, dueAtMs: null, notifiedAtMs: null }, nowMs);
		const said = saidOf(await store.meters.get(drn), drn, rule);
		if (said === null) return;
		const wish = { id: device.newId(), kind, drn, rule, said, path };
		await putReminder(store, startReminder(wish, due === 'forgotten' ? null : due, nowMs));
		this.granted = await askForNotifications();
		this.start();
		this.kick();
	}

	async #look(): Promise<void> {
		const { store } = app;
		this.granted = notificationsGranted();
		await this.#sayAnew();
		if (app.connection === 'online')
			await tendReminders({
				...{ store, api: reminderApi, nowMs: () => serviceNow().ms },
				registration: (await navigator.serviceWorker?.getRegistration()) ?? null,
				granted: this.granted === 'granted',
			});
		else await replanReminders(store, serviceNow().ms);
		await this.#notify();
	}

	/** In the language of this page, and with the name that the person has given since. */
	async #sayAnew(): Promise<void> {
		for (const { id, drn, rule, said: before } of await readReminders(app.store)) {
			const said = saidOf(await app.store.meters.get(drn), drn, rule);
			if (said === null) continue;
			if (said.title !== before.title || said.body !== before.body)
				await changeReminder(app.store, id, (now) => ({ ...now, said }));
		}
	}

	/** Where no push will come, an open page tells, also while it is behind others. */
	async #notify(): Promise<void> {
		const nowMs = serviceNow().ms;
		for (const reminder of await readReminders(app.store)) {
			if (!isToBeNotified(reminder, nowMs)) continue;
			const { title } = reminder.said;
			const body = reminderBody(reminder, nowMs, words, count);
			const shown = await showNotification(title, {
				...{ body, tag: reminder.id, data: { path: reminder.path }, icon: '/icon-192.png' },
				...{ lang: pageLanguage, dir: LANGUAGE_FACTS[pageLanguage].direction },
			});
			if (shown)
				await changeReminder(app.store, reminder.id, (now) => ({ ...now, notifiedAtMs: nowMs }));
		}
	}
}

/** Null: of an instant as it is nothing is known but what was said with it. */
function saidOf(
	meter: KnownMeter | undefined,
	drn: string,
	rule: ReminderRule,
): Reminder['said'] | null {
	const name = meter?.nickname ?? groupMeterNumber(drn);
	const { use, fbe } = words;
	switch (rule.by) {
		case 'days-left':
			return {
				title: use.reminder.noteTitle(name),
				body: use.reminder.noteBody(count(rule.days)),
			};
		case 'month-start':
			return { title: fbe.remind.noteTitle(name), body: fbe.remind.noteBody };
		case 'moment':
			return null;
	}
}

export const reminderDesk = new ReminderDesk();
