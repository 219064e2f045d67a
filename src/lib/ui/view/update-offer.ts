/** How the offer of a new version stands on a screen, so that it moves nothing that somebody reads. Pure. */

/** `room`: its place is kept, and empty until nothing is on its way any more. */
export type UpdateOffer = 'none' | 'room' | 'offered';

/** @param hasRoom whether the screen was made with a place for it: none is put into one that is read */
export function offerOf(hasRoom: boolean, canUpdate: boolean): UpdateOffer {
	if (!hasRoom) return 'none';
	return canUpdate ? 'offered' : 'room';
}
