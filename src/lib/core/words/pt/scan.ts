/** In Portuguese: see `en/scan.ts`. */
import type { Words } from '../catalogue.ts';

export const scan: Words['scan'] = {
	open: 'Ler código',
	title: 'Ler um contador',
	lead: 'Código QR, código de barras ou o código do cartão do contador.',
	close: 'Fechar',
	opening: 'A abrir a câmara',
	refusals: {
		'scan-empty': 'Não se conseguiu ler nada. Segure o código direito e tente de novo.',
		'scan-too-long': 'Este código tem demasiado para um contador. Leia o do contador.',
		'bank-card-refused':
			'Isto é um cartão bancário. Nada dele foi guardado. Use o cartão do contador.',
		'scan-a-token':
			'Isto é uma recarga, não um número de contador. Leia o número do contador ou do cartão.',
		'scan-payment': 'Este código serve para pagar a alguém. Leia o do contador ou do cartão.',
		'meter-card-unreadable':
			'Não se conseguiu ler o cartão do contador. Tente de novo ou escreva o número.',
		'scan-other-issuer': 'Este cartão ou código não é de um contador pré-pago.',
		'meter-check-digit':
			'O algarismo de controlo não bate certo: há um algarismo errado. Escreva o número.',
		'scan-two-meters': 'Este código nomeia dois contadores. Escreva o número do que quer.',
		'scan-not-a-meter': 'Não há número de contador neste código. Leia o do contador ou do cartão.',
	},
	faults: {
		'no-support': 'Este navegador não dá câmara à página. Escreva o número.',
		'no-camera': 'Este aparelho não tem câmara. Escreva o número.',
		'not-allowed':
			'A página não pode usar a câmara. Permita-o nas definições do navegador, ou escreva o número.',
		busy: 'Outra aplicação tem a câmara. Feche-a e tente de novo, ou escreva o número.',
		'not-loaded':
			'O leitor tem de ser carregado uma vez, e não há rede. Por agora escreva o número.',
		failed: 'A câmara não responde. Escreva o número.',
	},
};
