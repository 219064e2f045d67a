import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	creditDays,
	decideReminderStep,
	isStillSo,
	isToBeNotified,
	isToBeSeen,
	moveReminder,
	reminderOf,
	startReminder,
	type Reminder,
} from '#lib/core/sync/reminders.ts';
import { remindAt } from '#lib/core/vending/remind-at.ts';
import '../../harness/seed.ts';

const NOW = Date.UTC(2026, 10, 20, 9);
const DAY = 86_400_000;
const WISH = {
	id: 'a',
	kind: 'low-credit',
	drn: '12345678903',
	rule: { by: 'days-left', days: 3 },
	said: { title: 'Title', body: 'Body' },
	path: '/meter/12345678903',
} as const;
const start = (dueAtMs: number | null, change: Partial<Reminder> = {}): Reminder => ({
	...startReminder(WISH, dueAtMs, NOW),
	...change,
});
const with_ = (dueAtMs: number, endpoint = 'here') => ({ handedIn: { dueAtMs, endpoint } });

describe('a reminder', () => {
	it('of a month’s 1st is told by an open page, and shown by the screen’s own notice alone', () => {
		const due = start(NOW, { rule: { by: 'month-start' }, notifiedAtMs: null, seenAtMs: null });
		expect(isToBeNotified(due, NOW)).toBe(true);
		expect(isToBeSeen(due, NOW)).toBe(false);
		expect(isToBeSeen({ ...due, rule: { by: 'moment', atMs: NOW } }, NOW)).toBe(true);
	});

	it('that is due when it is switched on waits for the next time', () => {
		const over = start(NOW - DAY);
		expect(isToBeSeen(over, NOW)).toBe(false);
		expect(decideReminderStep(over, 'here', NOW)).toBe('rest');
		const bought = moveReminder(over, NOW + 9 * DAY);
		expect(decideReminderStep(bought, 'here', NOW)).toBe('hand-in');
		expect(isToBeSeen(bought, NOW + 9 * DAY)).toBe(true);
	});

	it('is moved by what changes, and not by a trifle', () => {
		const at = start(NOW + DAY, { notifiedAtMs: 1, seenAtMs: 1 });
		expect(moveReminder(at, NOW + DAY)).toBe(at);
		expect(moveReminder(at, NOW + DAY + 60_000)).toBe(at);
		// Earlier, or a little later: the same occasion.
		expect(moveReminder(at, NOW)).toMatchObject({ dueAtMs: NOW, seenAtMs: 1 });
		expect(moveReminder(at, NOW + 4 * DAY)).toMatchObject({ notifiedAtMs: null, seenAtMs: null });
		expect(moveReminder(at, null)).toMatchObject({ dueAtMs: null });
		expect(moveReminder(start(null), NOW)).toMatchObject({ dueAtMs: NOW });
	});

	it('whose time was not known for a while is another occasion, unless it is the one that was told', () => {
		const told = start(NOW, { notifiedAtMs: NOW, seenAtMs: NOW + DAY });
		const lost = moveReminder(told, null);
		const bought = moveReminder(lost, NOW + 100 * DAY);
		expect(decideReminderStep(bought, 'here', NOW + 90 * DAY)).toBe('hand-in');
		expect(isToBeSeen(bought, NOW + 100 * DAY)).toBe(true);
		// Put away a day after its time: found again, it is the same one.
		for (const again of [NOW, NOW + DAY])
			expect(isToBeSeen(moveReminder(lost, again), NOW + DAY)).toBe(false);
		expect(isToBeSeen(moveReminder(start(null), NOW), NOW)).toBe(true);
	});

	it('of credit says what is left on the day, and nothing once that is used up', () => {
		const due = start(NOW, { notifiedAtMs: null, seenAtMs: null });
		const says = (nowMs: number) => creditDays(due, nowMs);
		expect([-DAY, 0, DAY - 1, DAY, 2 * DAY, 3 * DAY].map((after) => says(NOW + after))).toEqual([
			...[3, 3, 3, 2, 1, 0],
		]);
		const asked = [isToBeSeen, isToBeNotified];
		for (const isTo of asked) {
			expect(isTo(due, NOW + 3 * DAY - 1)).toBe(true);
			expect(isTo(due, NOW + 3 * DAY)).toBe(false);
			// An instant as it is does not grow old.
			const moment = { ...due, rule: { by: 'moment', atMs: NOW } } as const;
			expect(isTo(moment, NOW + 30 * DAY)).toBe(true);
			expect(creditDays(moment, NOW)).toBeNull();
		}
		expect(creditDays(start(null), NOW)).toBeNull();
	});

	it.each([
		['new, with a push service', start(NOW + DAY), 'here', 'hand-in'],
		['new, without one', start(NOW + DAY), null, 'rest'],
		['with no time', start(null), 'here', 'rest'],
		['as the backend has it', start(NOW + DAY, with_(NOW + DAY)), 'here', 'rest'],
		['moved', start(NOW + 3 * DAY, with_(NOW + DAY)), 'here', 'hand-in'],
		['of another subscription', start(NOW + DAY, with_(NOW + DAY, 'there')), 'here', 'hand-in'],
		['of a subscription that is gone', start(NOW + DAY, with_(NOW + DAY)), null, 'take-back'],
		['with no time any more', start(null, with_(NOW + DAY)), 'here', 'take-back'],
		['moved to what is past', start(NOW - DAY, with_(NOW + DAY)), 'here', 'take-back'],
		['on its way, at its time', start(NOW + 1, with_(NOW + 1)), 'here', 'rest'],
		['switched off', start(NOW + DAY, { off: true, ...with_(NOW) }), 'here', 'take-back'],
		['switched off before it was told', start(NOW + DAY, { off: true }), 'here', 'drop'],
		['shown', start(NOW + DAY, { notifiedAtMs: 1 }), 'here', 'rest'],
	])('%s', (_, reminder, endpoint, step) => {
		expect(decideReminderStep(reminder, endpoint, NOW)).toBe(step);
	});

	it('is shown by an open page only where no push comes', () => {
		const due = start(NOW + 1);
		expect(isToBeNotified(due, NOW)).toBe(false);
		expect(isToBeNotified(due, NOW + 1)).toBe(true);
		expect(isToBeNotified({ ...due, ...with_(NOW + 1) }, NOW + 1)).toBe(false);
		expect(isToBeNotified({ ...due, notifiedAtMs: NOW }, NOW + 1)).toBe(false);
		expect(isToBeSeen({ ...due, notifiedAtMs: NOW }, NOW + 1)).toBe(true);
		expect(isToBeSeen({ ...due, off: true }, NOW + 1)).toBe(false);
	});

	it('that was moved after its push was sent is not so any more', () => {
		expect(isStillSo(start(NOW - 1), NOW)).toBe(true);
		expect(isStillSo(start(NOW - DAY + 1), NOW)).toBe(true);
		// It was made ready for its own day.
		expect(isStillSo(start(NOW - DAY), NOW)).toBe(false);
		const monthly = start(NOW - 2 * DAY, { rule: { by: 'month-start' } });
		expect(isStillSo(monthly, NOW)).toBe(true);
		expect(isStillSo(start(NOW + 5 * DAY), NOW)).toBe(false);
		expect(isStillSo(start(null), NOW)).toBe(false);
		expect(isStillSo(start(NOW - 1, { off: true }), NOW)).toBe(false);
	});

	it('is one for a meter and a kind', () => {
		const all = [start(1, { id: 'off', off: true }), start(1), start(1, { id: 'f', kind: 'fbe' })];
		expect(reminderOf(all, 'low-credit', WISH.drn)?.id).toBe('a');
		expect(reminderOf(all, 'fbe', WISH.drn)?.id).toBe('f');
		expect(reminderOf(all, 'fbe', '1')).toBeUndefined();
	});

	it('comes to rest: what was told is not told again', () => {
		const changes = fc.record({
			dueAtMs: fc.option(fc.integer({ min: NOW - 9 * DAY, max: NOW + 9 * DAY })),
			off: fc.boolean(),
			endpoint: fc.option(fc.constantFrom('here', 'there')),
			told: fc.option(fc.integer({ min: NOW - 9 * DAY, max: NOW + 9 * DAY })),
		});
		fc.assert(
			fc.property(changes, ({ dueAtMs, off, endpoint, told }) => {
				let reminder = start(dueAtMs, { off, ...(told !== null && with_(told)) });
				for (let turn = 0; turn < 3; turn += 1) {
					const step = decideReminderStep(reminder, endpoint, NOW);
					if (step === 'rest' || step === 'drop') return;
					reminder = {
						...reminder,
						handedIn:
							step === 'take-back'
								? null
								: { dueAtMs: reminder.dueAtMs ?? 0, endpoint: endpoint ?? '' },
					};
				}
				throw new Error('never at rest');
			}),
		);
	});
});

describe('the time of a reminder', () => {
	it('is a morning, so many days before', () => {
		const empty = Date.parse('2026-11-20T23:30:00Z');
		expect(new Date(remindAt(empty, 3, 'Africa/Nairobi')).toISOString()).toBe(
			'2026-11-18T06:00:00.000Z',
		);
		expect(new Date(remindAt(empty, 3, 'UTC')).toISOString()).toBe('2026-11-17T09:00:00.000Z');
	});
});
