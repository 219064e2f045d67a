/** In Portuguese: see `en/keeping.ts`. */
import type { Words } from '../catalogue.ts';

export const keeping: Words['keeping'] = {
	troubles: {
		'no-space': {
			why: 'Este aparelho está cheio.',
			todo: 'Apague fotografias, vídeos ou aplicações e tente de novo. O que já está guardado aqui fica.',
		},
		'not-allowed': {
			why: 'O navegador não guarda nada para esta aplicação.',
			todo: 'Saia da janela privada, ou permita que este sítio guarde dados.',
		},
		'newer-version': {
			why: 'Há uma versão mais nova da aplicação aberta noutro separador.',
			todo: 'Carregue esta página de novo.',
		},
		failed: {
			why: 'A memória do navegador não responde.',
			todo: 'Carregue esta página de novo.',
		},
	},
	noDate: 'data desconhecida',
};
