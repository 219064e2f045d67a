/** A tariff in the wire's own, mutable type. */
import type { MeterConfirmation } from '#lib/core/sync/wire.ts';
import type { Tariff, TariffBlock } from '#lib/core/vending/tariff.ts';

export function tariffShape({ timeOfUse, ...plain }: Tariff): MeterConfirmation['tariff'] {
	return {
		...plain,
		blocks: blocksShape(plain.blocks),
		order: [...plain.order],
		...(timeOfUse !== undefined && {
			timeOfUse: timeOfUse.map(({ name, windows, blocks }) => ({
				name,
				windows: windows.map(({ months, weekdays, ...minutes }) => ({
					...minutes,
					...(months !== undefined && { months: [...months] }),
					...(weekdays !== undefined && { weekdays: [...weekdays] }),
				})),
				blocks: blocksShape(blocks),
			})),
		}),
	};
}

function blocksShape(blocks: readonly TariffBlock[]) {
	return blocks.map((block) => ({ ...block }));
}
