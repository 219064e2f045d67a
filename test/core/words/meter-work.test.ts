import { describe, expect, it } from 'vitest';
import {
	CONNECT_FAILURES,
	CONNECT_STEPS,
	type ConnectFailureName,
	type ConnectStepName,
	OPENING_FAILURES,
} from '#lib/core/field/connecting/connect-names.ts';
import { STOP_REASONS, UNDECIDED } from '#lib/core/field/delivery/delivery.ts';
import { CHOICES } from '#lib/core/field/delivery/person-decides.ts';
import { technicianEn } from '#lib/core/words/technician.ts';
import type { ConnectFailureKind, ConnectStep } from '#lib/link/connect-order.ts';

/** Every sentence of a catalogue, with facts in the places for facts. */
function sentences(words: unknown): string[] {
	if (typeof words === 'string') return [words];
	if (typeof words === 'function') return [String(words('A', 'B', 'C'))];
	return Object.values(words as object).flatMap(sentences);
}

describe('the words of work on a meter', () => {
	it('are for every name there is', () => {
		// Compiles only while both lists are the same.
		const kinds: readonly ConnectFailureKind[] = CONNECT_FAILURES;
		const names: Record<ConnectFailureKind, true> = Object.fromEntries(
			kinds.map((kind) => [kind, true]),
		) as Record<ConnectFailureName, true>;
		const steps: readonly ConnectStep['step'][] = CONNECT_STEPS;
		const named: Record<ConnectStep['step'], string> = technicianEn.connecting
			.steps satisfies Record<ConnectStepName, string>;
		expect(Object.keys(named)).toEqual(steps);
		expect(
			[...Object.keys(technicianEn.connecting.failures), 'fault', 'opening'].toSorted(),
		).toEqual(Object.keys(names).toSorted());
		expect(Object.keys(technicianEn.connecting.openings)).toEqual([...OPENING_FAILURES]);
		expect(Object.keys(technicianEn.delivery.stops)).toEqual([...STOP_REASONS]);
		expect(Object.keys(technicianEn.delivery.undecided)).toEqual([...UNDECIDED]);
		expect(Object.keys(technicianEn.delivery.choices)).toEqual([...CHOICES]);
	});

	it('are plain: no shouting, no sorry, no empty title', () => {
		const all = [...sentences(technicianEn.connecting), ...sentences(technicianEn.delivery)];
		expect(all.length).toBeGreaterThan(80);
		for (const sentence of all) expect(sentence).not.toMatch(/!|\b(oops|sorry|please|error)\b/i);
		expect(all.filter((sentence) => sentence === '').length).toBe(
			// What comes next is empty where there is nothing to do.
			Object.values(technicianEn.delivery.statuses).filter(({ next }) => next === '').length,
		);
	});
});
