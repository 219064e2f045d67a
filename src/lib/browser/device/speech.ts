/** The device's voice. */

/** Slower than talk: somebody types along. */
const RATE = 0.75;
/** A breath between two groups. */
const PAUSE_MS = 700;

export function canSpeak(): boolean {
	return 'speechSynthesis' in globalThis && 'SpeechSynthesisUtterance' in globalThis;
}

/**
 * Reads texts aloud, one after the other.
 * @param language BCP 47 tag of the voice
 * @param onPart told the index of the text being read, and null at the end
 * @returns ends the reading
 */
export function speakParts(
	parts: readonly string[],
	language: string,
	onPart: (at: number | null) => void,
): () => void {
	let stopped = false;
	let timer: ReturnType<typeof setTimeout> | undefined;

	function end() {
		if (stopped) return;
		stopped = true;
		clearTimeout(timer);
		speechSynthesis.cancel();
		onPart(null);
	}

	function speak(at: number) {
		const part = parts[at];
		if (part === undefined) return end();
		onPart(at);
		const utterance = new SpeechSynthesisUtterance(part);
		utterance.lang = language;
		utterance.rate = RATE;
		utterance.onend = () => {
			if (!stopped) timer = setTimeout(() => speak(at + 1), PAUSE_MS);
		};
		utterance.onerror = end;
		speechSynthesis.speak(utterance);
	}

	speechSynthesis.cancel();
	speak(0);
	return end;
}
