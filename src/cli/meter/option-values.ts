/** Values of command-line options, understood or refused with a sentence. */

/** A whole number. @throws {Error} a sentence */
export function wholeNumber(text: string, highest: number, name: string, lowest = 0): number {
	const value = Number(text);
	if (!/^\d+$/.test(text) || value > highest || value < lowest)
		throw new Error(
			`--${name} must be a whole number ${lowest > 0 ? `from ${lowest} ` : ''}up to ${highest}, not ${text}`,
		);
	return value;
}

/** One of a list of names. @throws {Error} a sentence */
export function choiceOf<Choice extends string>(
	text: string,
	choices: readonly Choice[],
	name: string,
): Choice {
	const choice = choices.find((each) => each === text);
	if (choice === undefined)
		throw new Error(`--${name} must be one of ${choices.join(', ')}, not ${text}`);
	return choice;
}

/** Some of a list of names, with commas between them, each once. @throws {Error} a sentence */
export function listOf<Choice extends string>(
	text: string,
	choices: readonly Choice[],
	name: string,
): readonly Choice[] {
	const wanted = text.split(',').map((each) => choiceOf(each, choices, name));
	return choices.filter((choice) => wanted.includes(choice));
}
