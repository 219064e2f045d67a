import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it } from 'vitest';
import { readTechnicians } from '#lib/browser/store/technician-people.ts';
import { readSignedIn } from '#lib/browser/sync/field-sign-in.ts';
import { closeTabs, NOW, OWNER, tab } from '../vault/bench.ts';
import { answersOf, no, session } from './field-bench.ts';

afterEach(closeTabs);

describe('who works here', () => {
	it('is the technician of the session, who is remembered for the cellar', async () => {
		const store = tab();
		const readSession = answersOf<'readSession'>([session(), { kind: 'unknown' }]);
		expect(await readSignedIn({ readSession }, store, NOW)).toMatchObject({
			...{ kind: 'technician', technician: { operatorId: OWNER, login: 'thandi' } },
		});
		expect(await readSignedIn({ readSession }, store, NOW)).toEqual({ kind: 'unknown' });
		expect((await readTechnicians(store)).map(({ operatorId }) => operatorId)).toEqual([OWNER]);
	});

	it.each([
		['nobody', no('sign-in-needed')],
		['not-a-technician', session({ roles: [] })],
	])('is %s, who is not remembered', async (kind, signedIn) => {
		const store = tab();
		const readSession = answersOf<'readSession'>([signedIn]);
		expect(await readSignedIn({ readSession }, store, NOW)).toEqual({ kind });
		expect(await readTechnicians(store)).toEqual([]);
	});
});
