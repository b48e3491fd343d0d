;;; kanban.el --- check a sales board  -*- lexical-binding: t -*-
;; Load this from your init file (Emacs 27 or later).
;; With Eglot (part of Emacs 29), Emacs starts `kanban lsp' (pip install "git-kanban[lsp]") for cards and board.yml: findings as you
;; type, completion, fixes and gestures (M-x eglot-code-actions), rename (M-x eglot-rename). Else, or with `kanban-server'
;; set to nil, cards are checked by Flymake. M-x kanban-lint checks the whole board.

(require 'compile)
(require 'flymake)

(add-to-list 'compilation-error-regexp-alist-alist
             '(kanban "^\\(.+?\\):\\([0-9]+\\):\\([0-9]+\\): \\(?:error\\|\\(warning\\)\\|\\(info\\)\\) KB[0-9]+: "
                      1 2 3 (4 . 5) 1))
(add-to-list 'compilation-error-regexp-alist 'kanban)

(defun kanban-lint ()
  "Check the board of this repository."
  (interactive)
  (let ((default-directory (or (locate-dominating-file default-directory ".git") default-directory)))
    (compile "kanban --color never lint --output-format concise")))

(defvar-local kanban--process nil)

(defun kanban-flymake (report &rest _args)
  "Check this card with REPORT as Flymake wants it."
  (when (process-live-p kanban--process) (kill-process kanban--process))
  (let ((source (current-buffer)) (output (generate-new-buffer " *kanban*")))
    (setq kanban--process
          (make-process
           :name "kanban" :buffer output :noquery t :connection-type 'pipe
           :command (list "kanban" "--color" "never" "lint" "--output-format" "concise"
                          "--stdin-filename" (file-name-nondirectory buffer-file-name))
           :sentinel
           (lambda (process _event)
             (when (memq (process-status process) '(exit signal))
               (unwind-protect
                   (when (and (buffer-live-p source)
                              (eq process (buffer-local-value 'kanban--process source)))
                     (funcall report (kanban--diagnostics source output)))
                 (kill-buffer output))))))
    (process-send-region kanban--process (point-min) (point-max))
    (process-send-eof kanban--process)))

(defun kanban--diagnostics (source output)
  "The findings in the buffer OUTPUT, as diagnostics of SOURCE."
  (with-current-buffer output
    (goto-char (point-min))
    (let (found)
      (while (re-search-forward "^.+?:\\([0-9]+\\):\\([0-9]+\\): \\(error\\|warning\\|info\\) \\(KB[0-9]+: .*\\)$" nil t)
        (let* ((line (string-to-number (match-string 1)))
               (type (cdr (assoc (match-string 3) '(("error" . :error) ("warning" . :warning) ("info" . :note)))))
               (text (match-string 4))
               (column (string-to-number (match-string 2)))
               (region (flymake-diag-region source line column)))
          (push (flymake-make-diagnostic source (car region) (cdr region) type text) found)))
      (nreverse found))))

(defvar kanban-server (fboundp 'eglot-ensure)
  "Whether Eglot starts the language server for files of a board.")

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               '((markdown-mode gfm-mode text-mode yaml-mode yaml-ts-mode) . ("kanban" "lsp"))))

(defun kanban-maybe-enable ()
  "Serve or check this file while it is edited, when it stands on a board."
  (when (and buffer-file-name (locate-dominating-file buffer-file-name "board.yml"))
    (if kanban-server
        (eglot-ensure)
      (add-hook 'flymake-diagnostic-functions #'kanban-flymake nil t)
      (flymake-mode 1))))

(dolist (hook '(markdown-mode-hook text-mode-hook yaml-mode-hook yaml-ts-mode-hook))
  (add-hook hook #'kanban-maybe-enable))

(provide 'kanban)
;;; kanban.el ends here
