import { Component, type ReactNode } from 'react';
import { ProblemPanel } from './PageStates.js';

/** A fault in one page leaves the frame standing; going elsewhere starts afresh (the key is the path). */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    return <ProblemPanel error={this.state.error} retry={() => window.location.reload()} />;
  }
}
