/** What the office has of a meter, as a glance compares it with what the meter says. */
import type { PackedMeter } from '#lib/browser/vault/job-packs.ts';
import type { ExpectedMeter } from '#lib/core/field/glance/verdicts.ts';
import { isBaseDate } from '#lib/core/sts/tid.ts';

/** Nothing is expected of a meter that no job is about. */
export function expectedOf(meter: PackedMeter | undefined): ExpectedMeter {
	if (!meter) return {};
	const { drn, ea, key } = meter;
	const { sgc, krn, ti, baseYear, ken, kt } = key;
	if (baseYear === null || !isBaseDate(baseYear)) return { drn };
	return {
		drn,
		key: {
			...{ ea, sgc, krn, ti: Number(ti), baseDate: baseYear },
			...(ken !== null && { ken }),
			...(kt !== null && { kt }),
		},
	};
}
