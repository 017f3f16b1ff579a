import type { PolicyView } from '@recaudo/shared';
import { useGetList } from 'react-admin';
import { saidOnThePage } from '../app/data-provider.js';

/** Every policy of the reader's sites, by name; they are few and come whole. */
export function usePolicies() {
  return useGetList<PolicyView>('policies', {}, { onError: saidOnThePage });
}

/** Beneath which path a policy is changed. */
export const policyPath = (id: string): string => `/policies/${id}`;
