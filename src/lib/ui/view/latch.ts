/** @returns a function that says whether it was ever told yes: what was drawn once stays, whatever comes later */
export function latch(): (isSo: boolean) => boolean {
	let was = false;
	return (isSo) => (was = was || isSo);
}
