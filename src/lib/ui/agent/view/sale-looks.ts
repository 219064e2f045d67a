/** What the state of a till's sale looks like; the word stands beside it. */
import type { TillSaleState } from '#lib/browser/store/agent-rows.ts';
import type { IconName } from '#lib/ui/view/icon-paths.ts';
import type { Tone } from '#lib/ui/view/tones.ts';

export const TILL_SALE_LOOKS: Readonly<Record<TillSaleState, { icon: IconName; tone: Tone }>> = {
	asked: { icon: 'sending', tone: 'action' },
	provisional: { icon: 'wait', tone: 'wait' },
	issued: { icon: 'done', tone: 'good' },
	refused: { icon: 'taken-back', tone: 'bad' },
	refunded: { icon: 'check', tone: 'neutral' },
	replaced: { icon: 'again', tone: 'neutral' },
	'dead-letter': { icon: 'alert', tone: 'bad' },
};
