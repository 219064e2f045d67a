/** Hands a file to the person: the browser puts it where its downloads go. */

/** @param parts put together in this order @param type its media type, such as `application/json` */
export function saveFile(name: string, parts: readonly string[], type: string): void {
	const address = URL.createObjectURL(new Blob([...parts], { type }));
	const link = document.createElement('a');
	link.href = address;
	link.download = name;
	link.click();
	// The browser has taken hold of it by then.
	setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
