/** What a reminder says when it is shown by a page: of credit, what is left on that day. */
import { creditDays, type Reminder } from '#lib/core/sync/reminders.ts';
import type { Words } from '#lib/core/words/catalogue.ts';

/** @param count formats a whole number for the page's language */
export function reminderBody(
	reminder: Pick<Reminder, 'rule' | 'dueAtMs' | 'said'>,
	nowMs: number,
	words: Pick<Words, 'use'>,
	count: (whole: number) => string,
): string {
	const days = creditDays(reminder, nowMs);
	return days === null ? reminder.said.body : words.use.reminder.noteBody(count(days));
}
