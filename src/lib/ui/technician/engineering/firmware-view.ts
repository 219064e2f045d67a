/** What stands in the way of a firmware transfer, as a sentence. Pure. */
import type { ImageRun } from '#lib/core/field/engineering/image-run.ts';
import type { FirmwareRefusal } from '../state/firmware.svelte.ts';
import { words } from '../words.ts';

/** Undefined: nothing does. */
export function firmwareTrouble({
	refusal,
	run,
	interrupted,
}: {
	readonly refusal: FirmwareRefusal | undefined;
	readonly run: ImageRun | undefined;
	readonly interrupted: boolean;
}): string | undefined {
	if (refusal === 'other-tab') return words.technicianTokens.banner.otherTab.detail;
	if (refusal === 'unreadable-file') return words.technicianEngineering.image.unreadableFile;
	if (refusal === 'other-file') return words.technicianEngineering.image.otherFile;
	if (refusal) return words.engineering.image.refusals[refusal];
	if (run?.stopped) return words.engineering.image.stops[run.stopped];
	return interrupted ? words.engineering.image.stops['no-answer'] : undefined;
}
