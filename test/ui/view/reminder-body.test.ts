import { expect, it } from 'vitest';
import { en } from '#lib/core/words/catalogue.ts';
import { reminderBody } from '#lib/ui/view/reminder-body.ts';

const NOW = Date.UTC(2026, 10, 20, 9);
const DAY = 86_400_000;
const said = { title: '', body: 'As it was made ready.' };
const body = (reminder: Parameters<typeof reminderBody>[0], nowMs: number) =>
	reminderBody(reminder, nowMs, en, String);

it('of credit is what is left on the day on which it is shown', () => {
	const credit = { rule: { by: 'days-left', days: 3 }, dueAtMs: NOW, said } as const;
	expect(body(credit, NOW)).toBe(en.use.reminder.noteBody('3'));
	expect(body(credit, NOW + 2 * DAY)).toBe(en.use.reminder.noteBody('1'));
});

it('of anything else is what was made ready', () => {
	const moment = { rule: { by: 'moment', atMs: NOW }, dueAtMs: NOW, said } as const;
	expect(body(moment, NOW + 9 * DAY)).toBe(said.body);
});
