/** What a state looks like. Never by colour alone: each has its icon, and a word beside it. */
import type { IconName } from './icon-paths.ts';

export type Tone = 'neutral' | 'action' | 'good' | 'bad' | 'wait';

interface ToneLook {
	/** Colour of text and icons. */
	readonly text: string;
	/** Ground behind a whole sentence. */
	readonly ground: string;
	readonly icon: IconName;
}

export const TONES: Record<Tone, ToneLook> = {
	neutral: { text: 'text-quiet', ground: 'bg-raised border border-hairline', icon: 'about' },
	action: { text: 'text-action', ground: 'bg-action-tint', icon: 'about' },
	good: { text: 'text-good', ground: 'bg-good-tint', icon: 'done' },
	bad: { text: 'text-bad', ground: 'bg-bad-tint', icon: 'refused' },
	wait: { text: 'text-wait', ground: 'bg-wait-tint', icon: 'wait' },
};
