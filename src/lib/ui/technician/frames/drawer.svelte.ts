/** Whether the frame log lies over the screen: one for the page. */
class FrameDrawer {
	isOpen = $state(false);

	show(): void {
		this.isOpen = true;
	}

	toggle(): void {
		this.isOpen = !this.isOpen;
	}
}

export const frameDrawer = new FrameDrawer();
