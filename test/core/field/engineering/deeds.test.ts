import { describe, expect, it } from 'vitest';
import {
	decideEngineering,
	type Deed,
	DEEDS,
	type DeedWish,
	USUAL_ROLES,
} from '#lib/core/field/engineering/deeds.ts';
import { deedsFor } from '#lib/core/field/engineering/deeds-for.ts';
import { VERDICT_TONES, type VerdictKind } from '#lib/core/field/glance/verdicts.ts';

const WISH: DeedWish = {
	deed: 'clear-tamper',
	role: 'technician',
	reason: ' seal  renewed ',
	online: true,
	tokensInHand: false,
	labFunction: false,
};
const decide = (change: Partial<DeedWish>) => decideEngineering({ ...WISH, ...change });

describe('a deed', () => {
	it('is done with a role and a reason, and written down with it', () => {
		expect(decide({})).toEqual({ reason: 'seal renewed' });
	});

	it.each<[string, Partial<DeedWish>, string]>([
		['of another role', { role: 'agent', reason: '' }, 'not-your-role'],
		['of the lab', { deed: 'transfer-image', reason: '' }, 'lab-only'],
		['without a reason', { reason: ' \t ' }, 'reason-missing'],
		['with hardly a reason', { reason: 'ok' }, 'reason-too-short'],
		['with an essay', { reason: 'x'.repeat(501) }, 'reason-too-long'],
		['whose token cannot be fetched', { online: false }, 'needs-network'],
	])('%s is refused by name', (_, change, refusal) => {
		expect(decide(change)).toEqual({ refusal });
	});

	it('without a network is done where its tokens are in hand, or it needs none', () => {
		expect(decide({ online: false, tokensInHand: true })).toHaveProperty('reason');
		expect(decide({ online: false, deed: 'set-clock' })).toHaveProperty('reason');
		expect(decide({ deed: 'transfer-image', labFunction: true })).toHaveProperty('reason');
	});

	it('is for the roles of the operator', () => {
		const roles = { ...USUAL_ROLES, 'set-clock': ['office-manager'] };
		const wish = { ...WISH, deed: 'set-clock' } as const;
		expect(decideEngineering(wish, roles)).toEqual({ refusal: 'not-your-role' });
		expect(decideEngineering({ ...wish, role: 'office-manager' }, roles)).toHaveProperty('reason');
	});

	it('answers a finding by name', () => {
		const kinds = Object.keys(VERDICT_TONES) as VerdictKind[];
		const known = Object.keys(DEEDS);
		const answers = kinds.flatMap((kind): readonly Deed[] => deedsFor(kind));
		expect(answers.every((deed) => known.includes(deed))).toBe(true);
		expect(deedsFor('tampered')).toEqual(['clear-tamper']);
		expect(deedsFor('key-behind')).toEqual(['change-key']);
	});

	it('closes no relay that the meter itself keeps open', () => {
		expect(deedsFor('relay-open')).toEqual(['reconnect']);
		expect(deedsFor('relay-open', ['remotely'])).toEqual(['reconnect']);
		expect(deedsFor('relay-open', ['no-credit'])).toEqual([]);
		expect(deedsFor('relay-open', ['tamper', 'no-credit'])).toEqual(['clear-tamper']);
		expect(deedsFor('relay-open', ['over-limit'])).toEqual(['set-power-limit', 'reconnect']);
	});
});
