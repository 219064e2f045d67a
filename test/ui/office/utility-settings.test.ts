import { describe, expect, it } from 'vitest';
import type { ApiOutcome } from '#lib/browser/api/call.ts';
import type { UtilitySettings } from '#lib/core/sync/wire-utility.ts';
import { UtilityDesk } from '#lib/ui/office/utility-settings.svelte.ts';

function bench() {
	const state = { holds: { fbeByApp: 'owner' } as UtilitySettings, isSilent: false };
	const put: UtilitySettings[] = [];
	const answer = (): ApiOutcome<UtilitySettings> =>
		state.isSilent ? { kind: 'unknown' } : { kind: 'answer', answer: state.holds };
	const api = {
		readSettings: async () => answer(),
		putSettings: async (settings: UtilitySettings) => {
			put.push(settings);
			if (!state.isSilent) state.holds = settings;
			return answer();
		},
	};
	return { state, put, desk: new UtilityDesk(api, () => undefined) };
}

describe('the utility’s settings at the desk', () => {
	it('are as the backend has them, until another is chosen and set', async () => {
		const { desk, put } = bench();
		expect(desk.chosen).toBeUndefined();
		await desk.read();
		expect(desk.chosen).toBe('owner');
		await desk.set();
		expect(put).toEqual([]);
		desk.choose('off');
		expect(desk.isChanged).toBe(true);
		await desk.set();
		expect(put).toEqual([{ fbeByApp: 'off' }]);
		expect(desk).toMatchObject({ chosen: 'off', isChanged: false, saved: true });
		desk.choose('anyone');
		expect(desk.saved).toBe(false);
	});

	it('stay chosen, and are not said to be set, where no answer came', async () => {
		const { desk, state } = bench();
		await desk.read();
		desk.choose('anyone');
		state.isSilent = true;
		await desk.set();
		expect(desk).toMatchObject({ chosen: 'anyone', isChanged: true, saved: false });
		expect(desk.asking.trouble).toEqual({ kind: 'no-answer' });
		await desk.read();
		expect(desk.settings).toEqual({ fbeByApp: 'owner' });
	});
});
