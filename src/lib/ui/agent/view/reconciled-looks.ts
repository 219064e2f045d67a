/** What the office makes of a closed batch, as it looks; the word stands beside it. */
import type { IconName } from '#lib/ui/view/icon-paths.ts';
import type { Tone } from '#lib/ui/view/tones.ts';
import type { Reconciled } from './shift-view.ts';

export const RECONCILED_LOOKS: Readonly<
	Record<Reconciled['kind'], { readonly icon: IconName; readonly tone: Tone }>
> = {
	open: { icon: 'shift', tone: 'neutral' },
	waiting: { icon: 'wait', tone: 'wait' },
	same: { icon: 'done', tone: 'good' },
	differs: { icon: 'alert', tone: 'wait' },
	'not-closed': { icon: 'alert', tone: 'bad' },
};
