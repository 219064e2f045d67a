/** Reading a token aloud, group by group; the group being read is lit. */
import { canSpeak, speakParts } from '#lib/browser/device/speech.ts';
import { pageLanguage } from './language.ts';

export class ReadAloud {
	readonly possible = canSpeak();
	/** Index of the group being read; null while silent. */
	group = $state<number | null>(null);
	#stop: (() => void) | undefined;

	start(groups: readonly string[]): void {
		this.stop();
		this.#stop = speakParts(groups, pageLanguage, (at) => (this.group = at));
	}

	stop(): void {
		this.#stop?.();
		this.#stop = undefined;
	}
}
