/** Puts the keyboard where a form is not right yet. */
import { tick } from 'svelte';

/** To the first field that is marked as wrong, once it is marked. */
export async function focusFirstWrong(form: EventTarget | null): Promise<void> {
	await tick();
	if (form instanceof HTMLElement)
		form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}
