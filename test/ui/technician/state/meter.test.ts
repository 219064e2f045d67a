/** The meter at the probe, where connecting breaks on something that is no fault of the line. */
import { afterEach, expect, it, vi } from 'vitest';
import type { FieldDesk } from '#lib/browser/sync/field-desk.ts';
import type { MeterWay } from '#lib/ui/probe/way.ts';
import { technicianDesk } from '#lib/ui/technician/state/desk.svelte.ts';
import { meterDesk } from '#lib/ui/technician/state/meter.svelte.ts';

// The page's one meter looks for its ports as it is made.
vi.hoisted(() => vi.stubGlobal('localStorage', { getItem: () => null }));

afterEach(() => {
	vi.restoreAllMocks();
	meterDesk.leave();
});

it('is not connecting for ever after a slip of ours', async () => {
	const slip = new TypeError('a slip');
	const desk = {
		hold: () => () => undefined,
		vault: { onChange: () => () => undefined, isOpen: () => true },
		keys: () => {
			throw slip;
		},
	};
	vi.spyOn(technicianDesk, 'desk', 'get').mockReturnValue(desk as unknown as FieldDesk);
	const way = { id: 'way', port: { label: { name: 'a port' } } } as unknown as MeterWay;
	await expect(meterDesk.connect(way)).rejects.toBe(slip);
	expect(meterDesk.state.kind).toBe('over');
	expect(meterDesk.isBusy).toBe(false);
});
