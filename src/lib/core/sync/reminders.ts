/**
 * Reminders of a device, as values: when one is due, what the backend is to be told, what the person is still
 * to see. Pure. A reminder belongs to a meter and a kind; the backend knows its id and its time, and nothing
 * else of it.
 *
 * Always: what was shown is not shown again before something has moved it; what was switched off stays known
 * until the backend has heard of it; what is said is so on the day on which it is said.
 */

/** A kind per reason; each has at most one reminder for a meter. */
export const REMINDER_KINDS = ['low-credit', 'fbe'] as const;
export type ReminderKind = (typeof REMINDER_KINDS)[number];

/**
 * What decides the time: the meter's estimate, moved by every purchase and reading; an instant as it is; or the
 * 1st of a month, again and again, until that month's free electricity is fetched.
 */
export type ReminderRule =
	| { readonly by: 'days-left'; readonly days: number }
	| { readonly by: 'moment'; readonly atMs: number }
	| { readonly by: 'month-start' };

export interface Reminder {
	/** UUIDv7; with the backend it is the same. */
	readonly id: string;
	readonly kind: ReminderKind;
	readonly drn: string;
	readonly rule: ReminderRule;
	/** Null: no time is known. */
	readonly dueAtMs: number | null;
	/** What a notification says, in the language of this device's holder, ready for when no page is open. */
	readonly said: { readonly title: string; readonly body: string };
	/** The screen that it leads to. */
	readonly path: string;
	/** What the backend last took; null: it has nothing. */
	readonly handedIn: { readonly dueAtMs: number; readonly endpoint: string } | null;
	/** A notification was shown. */
	readonly notifiedAtMs: number | null;
	/** The person has seen it in the app and put it away. */
	readonly seenAtMs: number | null;
	/** Switched off, and kept until the backend knows. */
	readonly off: boolean;
	readonly createdAtMs: number;
}

/** The one that is switched on. */
export const reminderOf = (
	reminders: readonly Reminder[],
	kind: ReminderKind,
	drn: string,
): Reminder | undefined =>
	reminders.find((one) => one.kind === kind && one.drn === drn && !one.off);

const DAY_MS = 24 * 60 * 60_000;
/** Estimates move a little with every look; less than this is no move. */
const SAME_MS = 60 * 60_000;
/** Later by so much, it is another occasion: something was bought. */
const ANOTHER_MS = DAY_MS / 2;

/** A new reminder. What is due already is on the screen where it was switched on: it waits for the next time. */
export function startReminder(
	wish: Pick<Reminder, 'id' | 'kind' | 'drn' | 'rule' | 'said' | 'path'>,
	dueAtMs: number | null,
	nowMs: number,
): Reminder {
	const isOver = dueAtMs !== null && dueAtMs <= nowMs;
	return {
		...wish,
		...{ dueAtMs, handedIn: null, off: false, createdAtMs: nowMs },
		notifiedAtMs: isOver ? nowMs : null,
		seenAtMs: isOver ? nowMs : null,
	};
}

/** The reminder with its time as it is known now; the same value where that has not moved. */
export function moveReminder(reminder: Reminder, dueAtMs: number | null): Reminder {
	const { dueAtMs: before } = reminder;
	if (dueAtMs === before) return reminder;
	if (dueAtMs === null) return { ...reminder, dueAtMs };
	if (before !== null && Math.abs(dueAtMs - before) < SAME_MS) return reminder;
	const isAnother = dueAtMs > (before ?? toldAtMs(reminder)) + ANOTHER_MS;
	return { ...reminder, dueAtMs, ...(isAnother && { notifiedAtMs: null, seenAtMs: null }) };
}

/** When its last occasion was told of, where the time of that is not known any more. */
function toldAtMs({ notifiedAtMs, seenAtMs }: Reminder): number {
	return Math.max(notifiedAtMs ?? 0, seenAtMs ?? 0);
}

/**
 * For how many days the credit lasts by what a reminder was reckoned from: those of its rule on its day, fewer
 * on each day after; 0: it is used up. Null: it is of something else.
 */
export function creditDays(
	{ rule, dueAtMs }: Pick<Reminder, 'rule' | 'dueAtMs'>,
	nowMs: number,
): number | null {
	if (rule.by !== 'days-left' || dueAtMs === null) return null;
	const daysSince = Math.max(0, Math.floor((nowMs - dueAtMs) / DAY_MS));
	return Math.max(0, rule.days - daysSince);
}

/** What to do about the backend; `drop`: it knows nothing, and nothing is wanted. */
export type ReminderStep = 'hand-in' | 'take-back' | 'drop' | 'rest';

/** @param endpoint of this browser's push subscription; null: it has none */
export function decideReminderStep(
	{ off, handedIn, dueAtMs, notifiedAtMs }: Reminder,
	endpoint: string | null,
	nowMs: number,
): ReminderStep {
	if (off) return handedIn === null ? 'drop' : 'take-back';
	if (endpoint === null || dueAtMs === null) return handedIn === null ? 'rest' : 'take-back';
	if (handedIn?.endpoint === endpoint && Math.abs(handedIn.dueAtMs - dueAtMs) < SAME_MS)
		return 'rest';
	// Whoever has the app open sees it there.
	if (dueAtMs <= nowMs || notifiedAtMs !== null) return handedIn === null ? 'rest' : 'take-back';
	return 'hand-in';
}

/** Of credit that is used up nobody is told that it runs low. */
function isDue(reminder: Reminder, nowMs: number): boolean {
	const { off, dueAtMs, seenAtMs } = reminder;
	const isCome = !off && dueAtMs !== null && dueAtMs <= nowMs && seenAtMs === null;
	return isCome && creditDays(reminder, nowMs) !== 0;
}

/** Whether the person is to see it in the app. What is free this month has a place of its own there, reminder or not. */
export const isToBeSeen = (reminder: Reminder, nowMs: number): boolean =>
	reminder.rule.by !== 'month-start' && isDue(reminder, nowMs);

/** Whether a notification is to be shown by whoever is awake: no push will. */
export const isToBeNotified = (reminder: Reminder, nowMs: number): boolean =>
	isDue(reminder, nowMs) && reminder.notifiedAtMs === null && reminder.handedIn === null;

/**
 * Whether the sentence that was made ready is so now. A push may come that was sent before a purchase moved the
 * reminder, or days after.
 */
export function isStillSo(reminder: Reminder, nowMs: number): boolean {
	const { off, rule, dueAtMs } = reminder;
	if (off || dueAtMs === null || dueAtMs > nowMs + ANOTHER_MS) return false;
	return rule.by !== 'days-left' || creditDays(reminder, nowMs) === rule.days;
}
