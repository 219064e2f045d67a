import { describe, expect, it } from 'vitest';
import { en } from '#lib/core/words/catalogue.ts';
import { CAUSES, type CauseName, type NextStep } from '#lib/core/vending/reject-doctor/causes.ts';
import { SAYING_NAMES } from '#lib/core/vending/reject-doctor/sayings.ts';

const { rejectDoctor } = en;
const FACTS = { meter: '1234 5678 903', typedMeter: '3720 4139 796', ago: '2 days ago' };

describe('what the reject doctor says', () => {
	it.each(Object.keys(CAUSES) as CauseName[])('of %s is a title and whole sentences', (name) => {
		const { title, detail } = rejectDoctor.causes[name];
		expect(title).toMatch(/^[A-Z].*[^.]$/);
		expect(detail(FACTS)).toMatch(/^[A-Z].*\.$/s);
		expect(title + detail(FACTS)).not.toMatch(/!|Oops|sorry|please|\s{2}|'/i);
	});

	it('has a button for every next step and a choice for every display', () => {
		for (const next of Object.values<NextStep>(CAUSES))
			expect(rejectDoctor.steps[next]).toMatch(/^[A-Z].*[^.]$/);
		const choices = SAYING_NAMES.map((saying) => rejectDoctor.sayings[saying]);
		expect(new Set(choices).size).toBe(SAYING_NAMES.length);
	});

	it('never names one cause where a meter cannot tell them apart', () => {
		const { title, detail } = rejectDoctor.causes.unclear;
		expect(title).toBe(en.virtualMeter.results.CRCError.title);
		for (const word of ['digit', 'meter', 'key']) expect(detail(FACTS)).toContain(word);
	});

	it('says where a slip is, of one digit and of several', () => {
		expect(rejectDoctor.slips.missing('2', '1')).toBe('A digit of group 2 is missing.');
		expect(rejectDoctor.slips.missing('2', '4')).toBe('From group 2 on, 4 digits are missing.');
		expect(rejectDoctor.slips.extra('2', '3')).toContain('3 digits too many');
	});
});
