/** The clipboard. */

/** Copies a text; answers whether it is there. False where the browser refuses or has no clipboard. */
export async function copyText(text: string): Promise<boolean> {
	try {
		await navigator.clipboard.writeText(text);
		return true;
	} catch {
		return copyThroughSelection(text);
	}
}

/** Pages that are not served securely have no clipboard of their own, only the old way. */
function copyThroughSelection(text: string): boolean {
	const field = document.createElement('textarea');
	field.value = text;
	field.setAttribute('aria-hidden', 'true');
	field.style.position = 'fixed';
	field.style.opacity = '0';
	document.body.append(field);
	field.select();
	try {
		return document.execCommand('copy');
	} catch {
		return false;
	} finally {
		field.remove();
	}
}
