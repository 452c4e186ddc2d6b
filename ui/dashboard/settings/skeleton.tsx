export function PageSkeleton() {
  return (
    <div className="settings-skeleton" role="status" aria-label="Loading">
      <span className="skeleton" />
      <span className="skeleton" />
    </div>
  );
}
