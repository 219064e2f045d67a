import { describe, expect, it } from 'vitest';
import * as codes from '#lib/core/field/keeping.ts';
import { PIN_REFUSALS } from '#lib/core/field/pin.ts';
import { fieldJournal } from '#lib/core/words/en/field-journal.ts';
import { vault } from '#lib/core/words/en/vault.ts';

const sentences: [string, readonly string[], Record<string, string>][] = [
	['a PIN', PIN_REFUSALS, vault.pinRefusals],
	['a damaged vault', codes.VAULT_DAMAGES, vault.damages],
	['a record that is not given', codes.UNSEAL_REFUSALS, vault.unsealRefusals],
	['a pack that is not taken', codes.PACK_REFUSALS, vault.packRefusals],
	['the end of a pack', codes.SEALED_ENDS, vault.ends],
	['the store', codes.STORE_FAULT_KINDS, vault.storeFaults],
	['the browser', codes.VAULT_FAULT_KINDS, vault.vaultFaults],
];

describe.each(sentences)('the words for %s', (_, list, words) => {
	it('are there for every code, and differ', () => {
		expect(Object.keys(words).sort()).toEqual([...list].sort());
		expect(new Set(Object.values(words)).size).toBe(list.length);
		for (const sentence of Object.values(words)) expect(sentence).toMatch(/^[A-Z].*\.$/);
	});
});

describe('the words for a journal that stands still', () => {
	it.each([...codes.FIELD_STOPS])('%s: say what happened, with and without a number', (stop) => {
		const { title, detail } = fieldJournal.stops[stop];
		expect(title).toMatch(/^[A-Z].*[^.]$/);
		for (const number of ['', '17']) expect(detail(number)).toMatch(/^[A-Z].*\.$/);
		expect(detail('')).not.toContain('entry )');
	});
});
